"""Thai text: numerals, dates, periods, words and line breaks. Pure functions over pythainlp.

- ``numerals``: Arabic digits to Thai and back; reading a whole number.
- ``months``: the names of the months, and how a written month is recognised.
- ``dates``: a date as the office writes it, and reading it back.
- ``periods``: fiscal years, rounds and quarters; reading "ม.ค.- ก.ย. ๖๗".
- ``words``: normalising, sorting, splitting into words, the catchword.
- ``line_breaks``: what must stay on one line of paper.
- ``template_filters``: the above as template filters, built in to every template.

Nothing here imports from ``measures`` or ``reports``, opens a connection or writes a file.
"""

import os

# pythainlp makes ~/pythainlp-data when imported, and may fetch a missing word list by itself.
# An office's server may have neither a home nor a way out; all we use is in its wheel.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
