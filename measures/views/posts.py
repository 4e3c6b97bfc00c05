"""The posts of the office and the duties that hang on them, for who administers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures import permissions
from measures.domain import records
from measures.forms.people import PostForm
from measures.models import Post
from measures.views.access import DeskRequest, desk_page, own_organisation
from measures.views.people_pages import FormPage, form_page


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: DeskRequest) -> HttpResponse:
    """Add a post."""
    return _post_page(request, Post(organisation=own_organisation(request)), _("เพิ่มตำแหน่ง"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Change the title, the division or the duties of a post."""
    visible = Post.objects.visible_to(request.user).select_related("organisation")
    return _post_page(request, get_object_or_404(visible, pk=pk), _("แก้ไขตำแหน่ง"))


def _post_page(request: DeskRequest, post: Post, heading: str) -> HttpResponse:
    permissions.can_administer(request.user, post.organisation).or_raise()
    form = PostForm(request.POST or None, instance=post)
    page = FormPage(
        heading=heading,
        lead=post.title or post.organisation.name,
        button=_("บันทึกตำแหน่ง"),
        done=_("บันทึกตำแหน่งแล้ว"),
    )

    return form_page(request, form, page, lambda typed: records.save(post, by=request.user))
