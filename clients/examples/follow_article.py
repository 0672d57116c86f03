"""Files an article, follows it to its verdict, and takes the webhook that tells of it:

    pip install httpx standardwebhooks
    export FACTCHECK_SITE=https://checks.example
    export FACTCHECK_TOKEN=fc_… FACTCHECK_SECRET=whsec_…
    python follow_article.py article.txt 8080

The token is a service account's, with `articles:write`, `events:read` and
`verdicts:read`. The secret is that of a webhook for verdict.published, whose address
leads to the port.
"""

import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

SITE, TOKEN = os.environ["FACTCHECK_SITE"], os.environ["FACTCHECK_TOKEN"]
WEBHOOK = Webhook(os.environ["FACTCHECK_SECRET"])
told: dict[str, Any] = {}  # by webhook-id: a message may come twice
api = httpx.Client(
    base_url=f"{SITE}/api/v1/", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30
)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            message = WEBHOOK.verify(body, dict(self.headers.items()))
        except WebhookVerificationError:
            self.send_error(400)
            return
        told[self.headers["webhook-id"]] = message
        self.send_response(204)
        self.end_headers()


def call(method: str, path: str, **sent: Any) -> Any:
    answer = api.request(method, path, **sent)
    if answer.is_error:
        sys.exit(answer.json()["detail"])
    return answer.json()


def main(file: str, port: str) -> None:
    server = HTTPServer(("127.0.0.1", int(port)), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    cursor = call("GET", "events/?after=latest")["cursor"]
    text = Path(file).read_text("utf-8")
    article = call("POST", "articles/", json={"text": text, "external_id": file})["id"]
    print("filed", article, flush=True)
    claims: set[str] = set()
    verdict = None
    while verdict is None or verdict not in [one["data"]["verdict"] for one in told.values()]:
        page = call("GET", "events/", params={"after": cursor})
        cursor = page["cursor"]
        for event in page["results"]:
            data = event["data"]
            if event["type"] == "claim.created" and data["article"] == article:
                claims.add(data["claim"])
            if event["type"] == "verdict.published" and data["claim"] in claims:
                verdict = data["verdict"]
        time.sleep(0 if page["next"] else 1)
    found = call("GET", f"verdicts/{verdict}/", params={"fields": "rating,claim_text,address"})
    print(found["rating"], found["claim_text"], found["address"], sep="\n")


main(*sys.argv[1:])
