"""Page: what the planner is good for, and what not."""

import streamlit as st

from planner.ui import shell

page = shell.open("how")
with shell.guard(page):
    st.title(page.texts("page.how.title"))
    st.markdown(page.texts.document("how"))
shell.close(page)
