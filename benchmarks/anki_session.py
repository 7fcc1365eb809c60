"""Anki's client, driven by lines on standard input. Runs in Anki's own environment; knows nothing of this project.

python anki_session.py COLLECTION USER:PASSWORD PORT
"""

from __future__ import annotations

import sys
from pathlib import Path

from anki.collection import AddNoteRequest, Collection  # type: ignore[import-not-found]


def follow_orders(path: str, user: str, port: str) -> None:
    """Make a collection, upload it whole, then do as told."""
    collection = Collection(path)
    model = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    name, _, password = user.partition(":")
    access = collection.sync_login(name, password, f"http://127.0.0.1:{port}/")
    collection.sync_collection(access, False)
    collection.full_upload_or_download(auth=access, server_usn=None, upload=True)
    answer("ready")
    for line in sys.stdin:
        order, _, file = line.strip().partition(" ")
        if order == "write":
            requests = []
            for record in Path(file).read_text(encoding="utf-8").splitlines():
                note = collection.new_note(model)
                note["Front"], note["Back"] = record[:60], record
                requests.append(AddNoteRequest(note, deck))
            collection.add_notes(requests)
            answer("written")
        else:
            outcome = collection.sync_collection(access, False)
            answer("synced" if outcome.required == outcome.NO_CHANGES else f"required {outcome.required}")


def answer(word: str) -> None:
    """Say it at once."""
    print(word, flush=True)


if __name__ == "__main__":
    follow_orders(*sys.argv[1:])
