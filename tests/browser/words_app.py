"""A small app with every widget the planner may use, behind the planner's own middleware."""

import altair as alt
import pandas as pd
import streamlit as st

from planner.ui import asgi
from planner.ui.state import page_language

app = st.App(__file__, routes=asgi.routes(), middleware=asgi.middleware())


def _draw() -> None:
    # Labels are numbers: whatever words the page shows are the platform's own.
    frame = pd.DataFrame({"1": [1, 2, 3], "2": [3.5, 4.5, 5.5]})
    st.text_input("101")
    st.text_area("102")
    st.number_input("103", value=1)
    st.selectbox("104", ["11", "12"], index=None, help="999")
    st.multiselect("105", ["11", "12"])
    st.multiselect("106", [])
    st.date_input("107")
    st.file_uploader("108", type=["csv"])
    st.file_uploader("109", accept_multiple_files=True)
    st.dataframe(frame, hide_index=True)
    st.data_editor(frame, num_rows="dynamic", key="110")
    with st.expander("111"):
        st.write("112")
    with st.popover("113"):
        st.write("114")
    chart = alt.Chart(frame, title="115").mark_bar().encode(x="1:O", y="2:Q", color="1:N")
    st.altair_chart(chart, alt="121")
    with st.form("116"):
        st.text_input("117")
        st.form_submit_button("118")
    st.download_button("119", b"1", "1.csv")
    if st.button("120"):
        st.query_params["kunta"] = "478"
        st.rerun()


if __name__ == "__main__":
    params = st.query_params
    lang = page_language(params.get("lang"), params.get("kunta"))
    st.html(f'<div data-planner-lang="{lang}">.</div>')
    _draw()
    st.html('<footer class="planner-footer">.</footer>')
