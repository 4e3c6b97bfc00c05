"""One way in for every file that people bring: told by its content, checked, then read."""

from measures.domain.importing import safety
from measures.domain.importing.csv_reading import read_csv
from measures.domain.importing.sheet_reading import read_workbook
from measures.domain.importing.sources import Source
from measures.domain.importing.word_reading import read_word

_READERS = {"docx": read_word, "xlsx": read_workbook, "csv": read_csv}


def read_source(data: bytes, name: str) -> Source:
    """Return what stands in a file; raise Invalid with what to do where it cannot be read.

    The content decides what the file is; ``name``, as uploaded, only helps to word a refusal.
    Nothing is stored.
    """
    return _READERS[safety.checked_extension(data, name)](data)
