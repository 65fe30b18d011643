"""tls_front.py LISTEN_PORT|0 TARGET_PORT CERT KEY: terminates TLS and forwards to another server.

Prints "listening on 127.0.0.1:PORT", and ends with its standard input or by SIGTERM."""
import asyncio
import ssl
import sys
import threading


async def copy(reader, writer):
    """Forward bytes until one side ends, then end the other."""
    try:
        while block := await reader.read(1 << 16):
            writer.write(block)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def main(port, target, certificate, key):
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    # A client that does not trust the certificate is expected; print nothing.
    loop.set_exception_handler(lambda *_: None)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    tasks = set()

    async def connected(reader, writer):
        tasks.add(asyncio.current_task())
        asyncio.current_task().add_done_callback(tasks.discard)
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(copy(reader, to_writer), copy(to_reader, writer))

    def watch_input():
        while sys.stdin.buffer.read1(256):
            pass
        loop.call_soon_threadsafe(ended.set)

    server = await asyncio.start_server(connected, "127.0.0.1", port, ssl=context)
    print(f"listening on 127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    threading.Thread(target=watch_input, daemon=True).start()
    await ended.wait()
    server.close()
    for task in tasks:
        task.cancel()


if len(sys.argv) != 5:
    sys.exit(__doc__)
asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]))
