"""A reader without a browser: speaks to the app's socket as a browser's page does, and takes times.

Fifty browsers would measure themselves; fifty of these leave the machine to the app.
"""

from __future__ import annotations

import json
from time import perf_counter
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0  # seconds


class Visitor:
    """One session on one page: `open` it, `type` into its fields, `correct` its table;
    each gives back the seconds."""

    def __init__(self, url: str, page: str, query: str) -> None:
        self._url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self.page, self._query = page, query
        self._labels: dict[str, tuple[str, str]] = {}
        self._states: dict[str, str] = {}
        self._table = ""
        self._socket: ClientConnection | None = None
        self.said: list[str] = []

    async def open(self) -> float:
        """Connects and waits for the first run."""
        self._socket = await connect(
            self._url,
            subprotocols=["streamlit"],
            max_size=None,
            compression=None,  # type: ignore[list-item]
        )
        return await self._run()

    async def type(self, label: str, text: str) -> float:
        """Types a text into the field of that label, as leaving the field does."""
        name, _ = self._labels[label]
        self._states[name] = text
        return await self._run()

    async def correct(self, row: int, **cells: str) -> float:
        """Changes cells of a row of the page's table, by column."""
        edits = {"edited_rows": {str(row): cells}, "added_rows": [], "deleted_rows": []}
        self._states[self._table] = json.dumps(edits)
        return await self._run()

    async def close(self) -> None:
        """Leaves the page."""
        if self._socket is not None:
            await self._socket.close()

    @property
    def fields(self) -> list[str]:
        """Labels of the text fields seen so far."""
        return list(self._labels)

    async def _run(self) -> float:
        assert self._socket is not None
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self.page
        for name, text in self._states.items():
            state = WidgetState(id=name, string_value=text)
            message.rerun_script.widget_states.widgets.append(state)
        start = perf_counter()
        await self._socket.send(message.SerializeToString())
        await self._until_finished()
        return perf_counter() - start

    async def _until_finished(self) -> None:
        assert self._socket is not None
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self._socket.recv())
            kind = message.WhichOneof("type")
            if kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "delta":
                self._note(message)
            elif kind == "script_finished" and self._finished(message):
                return

    @staticmethod
    def _finished(message: ForwardMsg) -> bool:
        # a run that is cut short for the next one is not the answer
        return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _note(self, message: ForwardMsg) -> None:
        element: Any = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "text_input":
            field = element.text_input
            self._labels[field.label] = (field.id, field.default)
            if field.set_value:
                self._states[field.id] = field.value
        elif kind == "dataframe" and element.dataframe.id:
            self._table = element.dataframe.id
        elif kind == "alert":
            self.said.append(element.alert.body)
