"""stub_checks.py CHECK PORT ARGUMENT...: asks stub_server, and fails where an answer is wrong."""
import email.utils
import http.client
import json
import math
import socket
import ssl
import sys
import threading
import time
import urllib.request

from computed import fraction, pair_hash, place_hash, route

PORT = int(sys.argv[2])
PLACES = [(7.4 + 0.013 * i, 43.7 + 0.007 * (i * i % 5)) for i in range(8)]


# Asking.


def ask(method, target, body=None, headers=None, connection=None):
    """Return status, headers and body; body as it is where it is no JSON."""
    connection = connection or http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    connection.request(method, target, None if body is None else json.dumps(body), headers or {})
    answer = connection.getresponse()
    text = answer.read()
    if "json" not in answer.getheader("Content-Type", ""):
        return answer.status, answer, text
    try:
        return answer.status, answer, json.loads(text)
    except ValueError:
        return answer.status, answer, text


def osrm_target(places, sources=None, destinations=None, more="&annotations=distance,duration"):
    target = "/table/v1/driving/" + ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in places) + "?x"
    for name, indices in ("sources", sources), ("destinations", destinations):
        if indices is not None:
            target += f"&{name}=" + ";".join(map(str, indices))
    return (target + more).replace("?x&", "?").replace("?x", "")


def osrm(places, sources=None, destinations=None, **how):
    return ask("GET", osrm_target(places, sources, destinations), **how)


def valhalla_body(places, sources, destinations, **more):
    def all_of(indices):
        return [{"lon": places[i][0], "lat": places[i][1]} for i in indices]
    return {"sources": all_of(sources), "targets": all_of(destinations), "costing": "auto", **more}


def valhalla(places, sources, destinations, **more):
    return ask("POST", "/sources_to_targets", valhalla_body(places, sources, destinations, **more))


def ors(places, sources, destinations, **more):
    return ask("POST", "/v2/matrix/driving-car", {
        "locations": places, "sources": [str(i) for i in sources],
        "destinations": list(destinations), "metrics": ["distance", "duration"], **more})


def near(a, b, most):
    return a is None and b is None or a is not None and b is not None and abs(a - b) <= most


def is_near(table, expected, most):
    return len(table) == len(expected) and all(
        len(row) == len(wanted) and all(map(lambda a, b: near(a, b, most), row, wanted))
        for row, wanted in zip(table, expected))


def part(table, rows, columns):
    return [[table[i][j] for j in columns] for i in rows]


def check_dialects(places, sources, destinations, distances, durations):
    """The other two dialects say the same, as far as their units can."""
    answer = valhalla(places, sources, destinations)[2]
    cells = answer["sources_to_targets"]
    floors = [[x and math.floor(x) for x in row] for row in durations]
    km = [[x and x / 1000 for x in row] for row in distances]
    assert answer["units"] == "kilometers" and len(answer["targets"]) == len(destinations)
    assert is_near([[cell["distance"] for cell in row] for row in cells], km, 0.00051)
    assert [[cell["time"] for cell in row] for row in cells] == floors
    assert [[(cell["from_index"], cell["to_index"]) for cell in row] for row in cells] == [
        [(i, j) for j in range(len(destinations))] for i in range(len(sources))]
    plain = valhalla(places, sources, destinations, verbose=False)[2]["sources_to_targets"]
    assert is_near(plain["distances"], km, 0.00051) and plain["durations"] == floors
    answer = ors(places, sources, destinations)[2]
    assert answer["distances"] == distances and answer["durations"] == durations
    assert len(answer["sources"]) == len(sources)
    assert all("snapped_distance" in place for place in answer["destinations"])
    answer = ors(places, sources, destinations, units="km", metrics=["distance"])[2]
    assert is_near(answer["distances"], km, 0.0051) and "durations" not in answer


# The checks.


def recorded(path, log):
    with open(path, encoding="utf-8") as file:
        exchanges = json.load(file)
    for exchange in exchanges:
        status, _, body = ask("GET", exchange["request"])
        assert (status, body) == (exchange["status"], exchange["body"]), exchange["name"]
    whole = next(exchange for exchange in exchanges if exchange["name"] == "whole table")
    places = [tuple(map(float, place.split(","))) for place in
              whole["request"].split("/")[-1].split("?")[0].split(";")]
    _, _, body = osrm(places)  # with annotations in another order, so not as it was recorded
    assert body == whole["body"]
    sources, destinations = [5, 17, 0, 59], [3, 0, 44, 17, 9]
    _, _, block = osrm(places, sources, destinations)
    distances, durations = (part(whole["body"][name], sources, destinations)
                            for name in ("distances", "durations"))
    assert block["distances"] == distances and block["durations"] == durations
    assert block["sources"] == [whole["body"]["sources"][i] for i in sources]
    check_dialects(places, sources, destinations, distances, durations)

    status, _, body = ask("GET", osrm_target(places[:3], [0], None, "&skip_waypoints=true"))
    assert set(body) == {"code", "durations"} and len(body["durations"][0]) == 3
    body = ask("GET", osrm_target(places[:1] * 2, more="&generate_hints=false"))[2]
    assert "hint" not in body["sources"][0]
    status, _, body = ask("GET", "/table/v1/driving/7.5,43.5;7.6,43.6")
    assert status == 400 and body["code"] == "NoSegment"
    assert body["message"].endswith("coordinate 0")
    assert ask("GET", osrm_target(places[:2], [2]))[2]["code"] == "InvalidOptions"
    assert ask("GET", osrm_target(places[:2], more="?sources=0;"))[2]["code"] == "InvalidQuery"
    assert ors([(7.5, 43.5), places[0]], [0, 1], [1])[2]["sources"][0] is None
    assert valhalla([(7.5, 43.5), places[0]], [0], [1])[2]["error_code"] == 171

    ask("GET", osrm_target(places[:3]) + "&hints=secret", headers={"Authorization": "Bearer secret"})
    with open(log, encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert "secret" not in "".join(lines) and len(lines) == len(exchanges) + 14, len(lines)
    fields = lines[-1].split(" ")
    assert fields[1] == "GET" and fields[3:] == ["3x3", "200:Ok", "1", "auth"]
    assert len(fields[2]) == 60 and "auth" not in "".join(lines[:-1])


def computed():
    expected = [[route(a, b, 0.2) for b in PLACES] for a in PLACES]
    distances = [[cell[0] for cell in row] for row in expected]
    durations = [[cell[1] for cell in row] for row in expected]
    _, _, body = osrm(PLACES)
    assert body["distances"] == distances and body["durations"] == durations
    nulls = sum(row.count(None) for row in distances)
    assert 0 < nulls < 32, nulls
    assert distances[0][1] != distances[1][0]
    for place, source in zip(PLACES, body["sources"]):
        assert near(source["distance"], 50 * fraction(place_hash(place)), 1e-8)
        moved = math.radians(place[1] - source["location"][1]) * 6371000
        assert near(moved, source["distance"], 0.12)
    check_dialects(PLACES, range(8), range(1, 7), part(distances, range(8), range(1, 7)),
                   part(durations, range(8), range(1, 7)))
    # Antipodes, a pole and the southern hemisphere.
    far = [(-180, -90), (179.999999, 0), (-0.000001, -0.000001), (10, -45)]
    assert osrm(far)[2]["distances"] == [[route(a, b, 0.2)[0] for b in far] for a in far]
    # As one packet, in pieces, and two at once.
    request = f"GET {osrm_target(PLACES)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", PORT)) as plain:
        for byte in request[:-1]:
            plain.send(bytes([byte]))
        plain.send(request[-1:] + request.replace(b"Host: x", b"Connection: close"))
        received = b""
        while block := plain.recv(65536):
            received += block
    assert received.count(b'{"code":"Ok"') == 2
    for wrong, status in ((b"nonsense\r\n\r\n", b"400"), (b"GET / HTTP/1.1\r\n" + b"x" * (1 << 20), b"431"),
                          (b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", b"413"),
                          (b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", b"411"),
                          (b"PUT / HTTP/1.0\r\n\r\n", b"405"), (b"POST /x HTTP/1.0\r\n\r\n", b"404")):
        with socket.create_connection(("127.0.0.1", PORT)) as plain:
            plain.sendall(wrong)
            assert plain.recv(65536).startswith(b"HTTP/1.1 " + status), wrong[:50]
    assert ask("POST", "/sources_to_targets", [])[2]["error_code"] == 100
    assert ask("POST", "/sources_to_targets", {"sources": []})[2]["error_code"] == 131
    assert ask("POST", "/v2/matrix/driving-car", {"locations": [[1]]})[2]["error"]["code"] == 6003
    # Many in turn on one connection.
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    ten = [(7 + i / 100, 43.0) for i in range(10)]
    begin = time.monotonic()
    for _ in range(200):
        ask("GET", osrm_target(ten), connection=connection)
    print(f"a table of 10 x 10 in {(time.monotonic() - begin) * 5:.2f} ms, with this client")


def snapped():
    assert [place["distance"] for place in osrm(PLACES)[2]["sources"]] == [2500] * 8
    for radiuses, code in (("3000;unlimited", "Ok"), ("3000;2499", "NoSegment"), (";", "Ok"),
                           ("3000", "InvalidOptions"), ("3000;x", "InvalidQuery"),
                           ("1;2x", "InvalidQuery")):
        target = osrm_target(PLACES[:2], more="&radiuses=" + radiuses)
        assert ask("GET", target)[2]["code"] == code, radiuses
    body = valhalla_body(PLACES, [0], [1])
    body["targets"][0]["search_cutoff"] = 2499
    status, _, answer = ask("POST", "/sources_to_targets", body)
    assert status == 400 and answer["error_code"] == 171
    answer = ors(PLACES, [0, 1], [2])[2]  # its search radius is 2 km
    assert answer["sources"] == [None, None] and answer["distances"] == [[None], [None]]


def limited():
    assert osrm(PLACES, [0, 1, 2], [4, 5, 6, 7])[0] == 200
    status, _, body = osrm(PLACES, [0, 1, 2], range(5))
    assert status == 400 and body == {"code": "TooBig", "message": "Too many table coordinates"}
    assert ors(PLACES, [0], [1])[0] == 404  # by --kind


def rated():
    for _ in range(60):  # until the machine is fast enough
        begin = time.monotonic()
        answers = [osrm(PLACES) for _ in range(5)]
        if time.monotonic() - begin < 0.9:
            break
        time.sleep(1.05)
    assert [status for status, _, _ in answers] == [200] * 3 + [429] * 2
    assert answers[4][1].getheader("Retry-After") == "1"
    time.sleep(1.05)
    assert osrm(PLACES)[0] == 200


def waiting():
    begin, answers = time.monotonic(), []
    threads = [threading.Thread(target=lambda: answers.append(osrm(PLACES)[0])) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begin
    assert answers == [200] * 16 and 2 <= took < 16, took  # one after the other: 32


def faulty_answer(dialect):
    """The whole answer, or the exception."""
    try:
        if dialect == "osrm":
            return osrm(PLACES[:4])
        if dialect == "ors":
            return ors(PLACES[:4], range(4), range(4))
        return valhalla(PLACES[:4], range(4), range(4), verbose=False)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, None, error


def check_fault(name, status, answer, body, dialect):
    good = route(PLACES[0], PLACES[3])[0]
    table = None
    if isinstance(body, dict):
        table = body.get("sources_to_targets", body).get("distances")
    expected = {"500": 500, "502": 502, "503": 503, "redirect": 302, "big-error": 400}.get(name, 200)
    if name == "429":
        assert status == 429 and answer.getheader("Retry-After") == "7" and "message" in body
    elif name == "429-html":
        assert status == 429 and not answer.getheader("Retry-After") and b"<html>" in body
    elif name == "429-date":
        until = email.utils.parsedate_to_datetime(answer.getheader("Retry-After")).timestamp()
        assert status == 429 and 50 < until - time.time() <= 101, until
    elif name in ("cut", "close", "reset"):
        assert status == {"cut": "IncompleteRead", "close": "RemoteDisconnected",
                          "reset": "ConnectionResetError"}[name], status
    elif name == "off-road":
        if dialect == "ors":
            assert table[0] == [None] * 4 and table[1][0] is None and table[2][1]
        else:
            assert status == 400 and (body.get("code") == "NoSegment" or body["error_code"] == 171)
    else:
        assert status == expected, status
    if name == "redirect":
        assert answer.getheader("Location") == "http://localhost:1/"
    elif name in ("html", "502", "503"):
        assert b"<html>" in body
    elif name == "empty":
        assert body == b""
    elif name == "big-error":
        assert len(json.dumps(body)) > 50000
    elif name in ("huge", "huge-length"):
        assert body == (b" " if name == "huge" else b"7") * 300000
        assert answer.getheader("Content-Length") == (None if name == "huge" else "300000")
    elif name == "truncated-json":
        assert body.startswith(b"{") and not body.endswith(b"}")
    elif name in ("fewer-cells", "fewer-rows", "more-rows"):
        assert list(map(len, table)) == {"fewer-cells": [4, 4, 4, 3], "fewer-rows": [4] * 3,
                                         "more-rows": [4] * 5}[name]
    elif name == "nan":
        assert math.isnan(table[0][3])
    elif name == "negative":
        assert table[0][3] < 0
    elif name == "string":
        assert isinstance(table[0][3], str)
    elif name == "one-null":
        assert table[0][3] is None and table[0][2] is not None
    elif name == "slow":
        assert near(table[0][3], good / (1000 if dialect == "valhalla" else 1), 0.06)


def faults(dialect, log, *kinds):
    for kind in kinds:
        name = kind.split("=")[0]
        begin = time.monotonic()
        status, answer, body = faulty_answer(dialect)
        assert name != "slow" or time.monotonic() - begin >= 0.12
        try:
            check_fault(name, status, answer, body, dialect)
        except (AssertionError, AttributeError, TypeError, KeyError):
            print("fault", kind, "in", dialect, ":", status, str(body)[:200])
            raise
    assert faulty_answer(dialect)[0] == 200  # the faults are used up
    with open(log, encoding="utf-8") as file:
        lines = [line.split() for line in file]
    assert [line[4] for line in lines if len(line) > 5] == [
        "fault:" + kind.split("=")[0] for kind in kinds] + ["200:Ok"]
    assert [line[3] for line in lines if line[1] == "huge"] == ["300000"] * 2


def endless(log):
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    connection.request("GET", osrm_target(PLACES))
    answer = connection.getresponse()
    assert answer.read(1 << 24) == b" " * (1 << 24)
    answer.close()
    connection.close()
    for _ in range(100):
        with open(log, encoding="utf-8") as file:
            lines = file.read().splitlines()
        if len(lines) == 2:
            break
        time.sleep(0.05)
    assert 1 << 24 <= int(lines[1].split()[3]) < 1 << 28, lines


def every_third():
    assert [osrm(PLACES)[0] for _ in range(7)] == [200, 200, 503, 200, 200, 503, 200]


def different():
    large, small = osrm(PLACES)[2]["distances"], osrm(PLACES, [0, 1], [2, 3])[2]["distances"]
    for i in range(2):
        for j in range(2):
            a, b = PLACES[i], PLACES[2 + j]
            more = 10 if pair_hash(a, b) % 2 == 0 else 0
            assert large[i][2 + j] == route(a, b)[0]
            assert near(small[i][j], route(a, b)[0] + more, 1e-6)


def tls(certificate):
    context = ssl.create_default_context(cafile=certificate)
    url = f"https://localhost:{PORT}" + osrm_target(PLACES)
    with urllib.request.urlopen(url, context=context) as answer:
        assert json.load(answer)["code"] == "Ok"
    try:
        urllib.request.urlopen(url).close()
        raise AssertionError("a certificate that nobody signed is taken")
    except urllib.error.URLError as error:
        assert "CERTIFICATE_VERIFY_FAILED" in str(error)


CHECKS = (recorded, computed, snapped, limited, rated, waiting, faults, endless, every_third,
          different, tls)
{check.__name__: check for check in CHECKS}[sys.argv[1]](*sys.argv[3:])
