import streamlit as st

from planner.ui import shell

page = shell.open("assumptions")
with shell.guard(page):
    st.title(page.texts("page.assumptions"))
shell.close(page)
