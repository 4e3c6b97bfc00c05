"""Files inside the file, listed as readers look for them."""

from pikepdf import Array, Dictionary, Pdf


def mend(whole: Pdf) -> None:
    """Sort the names of attached files, by which readers search, and tell of each file once.

    WeasyPrint lists them as they come, and twice as associated files (AF) of the document.
    """
    if "/AF" in whole.Root:
        once = {file.objgen: file for file in list(whole.Root.AF)}
        whole.Root.AF = Array(once.values())
    names = whole.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary()).get("/Names")
    if names is not None:
        pairs = [(names[i], names[i + 1]) for i in range(0, len(names), 2)]
        pairs.sort(key=lambda pair: bytes(pair[0]))
        whole.Root.Names.EmbeddedFiles.Names = Array([piece for pair in pairs for piece in pair])
