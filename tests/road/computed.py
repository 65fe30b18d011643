"""What stub_server --computed answers, by its description in README.md."""
import math

MASK = (1 << 64) - 1


def mix(value):
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & MASK
    return value ^ (value >> 31)


def micro(degrees):
    return math.floor(abs(degrees) * 1e6 + 0.5) * (1 if degrees >= 0 else -1)


def place_hash(place):
    lon, lat = map(micro, place)
    return mix((lon << 32 & MASK) ^ (lat & 0xFFFFFFFF))


def pair_hash(a, b):
    return mix(place_hash(a) * 3 + place_hash(b) & MASK)


def fraction(number):
    return (number >> 11) / 2**53


def tenths(value):
    return math.floor(value * 10 + 0.5) / 10


def route(a, b, unreachable=0.0):
    lon_a, lat_a, lon_b, lat_b = (math.radians(micro(x) / 1e6) for x in (*a, *b))
    square = (math.sin((lat_b - lat_a) / 2) ** 2 +
              math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2)
    straight, pair = 2 * 6371000 * math.asin(math.sqrt(min(square, 1))), pair_hash(a, b)
    if straight > 0 and fraction(mix(pair)) < unreachable:
        return None, None
    metres = tenths(1.3 * straight * (1 + 0.1 * fraction(pair)))
    return metres, tenths(metres / (50 / 3.6))
