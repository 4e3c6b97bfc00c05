"""/desk/ again: the screens that need paper. Everything here asks for sign-in."""

from django.urls import path

from reports.views import (
    handovers,
    page_pictures,
    preview,
    publishing,
    renderings,
    signing,
    signing_list,
    word,
)

app_name = "paper"

urlpatterns = [
    # /desk/documents/
    path("documents/<int:pk>/preview/", preview.page, name="preview"),
    path("documents/<int:pk>/preview.pdf", renderings.pdf, name="pdf"),
    path("documents/<int:pk>/document.docx", word.docx, name="docx"),
    path("documents/<int:pk>/preview/evidence/<slug:sha256>/", preview.evidence, name="evidence"),
    path("documents/<int:pk>/publish/", publishing.publish, name="publish"),
    # /desk/renderings/
    path("renderings/<int:pk>/", renderings.show, name="rendering"),
    # /desk/signing/
    path("signing/", signing_list.several, name="signing_list"),
    path("signing/<int:pk>/", signing.show, name="signing"),
    path("signing/<int:pk>/approve/", signing.approve, name="approve"),
    path("signing/<int:pk>/return/", signing.return_for_correction, name="return"),
    path("signing/<int:pk>/refuse/", signing.refuse, name="refuse"),
    path("signing/<int:pk>/pages/", page_pictures.section, name="pages"),
    path("signing/<int:pk>/pages/<int:number>.png", page_pictures.page, name="page"),
    # /desk/handovers/
    path("handovers/<int:pk>/memo.pdf", handovers.memo, name="handover_memo"),
]
