"""Entry point: `streamlit run app.py` serves the app and, as a script, runs the page asked for."""

import streamlit as st

from planner.ui import asgi, shell

app = st.App(
    __file__,
    routes=asgi.routes(),
    middleware=asgi.middleware(),
    lifespan=asgi.lifespan,
    on_script_error=asgi.on_script_error,
)

# The server imports this file to find `app`; each page view runs it as a script.
if __name__ == "__main__":
    shell.run()
