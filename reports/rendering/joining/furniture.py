"""Page furniture (page numbers, catchwords, code and QR) laid over the finished pages."""

from pikepdf import Array, Dictionary, Object, Page, Pdf

from reports.rendering.joining.content import names_drawn

NAME = "/Furniture"


def lay_over(whole: Pdf, furniture: Pdf) -> None:
    """Lay each page of ``furniture`` over the page of ``whole`` at its place, as an artifact.

    It comes after the page's own content, so that the text is read in this order too. Raises
    ValueError where the number of pages differs. Both files stay open until ``whole`` is saved.
    """
    if len(whole.pages) != len(furniture.pages):
        raise ValueError(
            f"{len(furniture.pages)} pages of furniture for {len(whole.pages)} pages of text"
        )
    before = whole.make_stream(b"q\n")
    after = whole.make_stream(
        f"\nQ\n/Artifact <</Type /Pagination>> BDC\nq\n{NAME} Do\nQ\nEMC\n".encode()
    )
    for page, over in zip(whole.pages, furniture.pages, strict=True):
        page.obj.Resources = _own_resources(whole, page)
        page.obj.Resources.XObject[NAME] = whole.copy_foreign(over.as_form_xobject())
        page.obj.Contents = Array([before, page.obj.Contents, after])


def _own_resources(whole: Pdf, page: Page) -> Object:
    """Return resources for this page alone, which lists of the pictures only those it draws.

    The pages of a part share one dictionary, which would otherwise list the furniture of them all.
    """
    shared = page.obj.Resources
    names = sorted(shared.keys())  # a set, whose order would be another in each process
    for name in names:
        if not shared[name].is_indirect:
            shared[name] = whole.make_indirect(shared[name])
    own = Dictionary({name: shared[name] for name in names})
    pictures = shared.get("/XObject", Dictionary())
    own.XObject = Dictionary(
        {name: pictures[name] for name in sorted(names_drawn(page)) if name in pictures}
    )
    return own
