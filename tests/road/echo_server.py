"""echo_server.py: answers each request with an error that repeats its Authorization header.

Prints "listening on 127.0.0.1:PORT", and ends with its standard input or by SIGTERM."""
import base64
import http.server
import json
import os
import sys
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        header = self.headers.get("Authorization", "")
        said = [header, header.split(" ")[-1], self.path]
        if header.startswith("Basic "):
            said.append(base64.b64decode(header[len("Basic "):]).decode())
        body = json.dumps({"code": "Refused", "message": " and ".join(said)}).encode()
        self.send_response(400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def watch_input():
    while sys.stdin.buffer.read1(256):
        pass
    os._exit(0)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"listening on 127.0.0.1:{server.server_address[1]}", flush=True)
threading.Thread(target=watch_input, daemon=True).start()
server.serve_forever()
