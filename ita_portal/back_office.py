"""How the back office looks: its title, colours and the links at its side, as Unfold reads them.

Only data, because the settings import it before any app is there.
"""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def _link(title: Any, icon: str, model: str) -> dict[str, Any]:
    """Return a link to the list of a model. All who may enter may open every list."""
    link = reverse_lazy(f"admin:measures_{model}_changelist")
    return {"title": title, "icon": icon, "link": link}


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("หลังบ้าน พอร์ทัล ITA"),
    "SITE_HEADER": _("หลังบ้าน พอร์ทัล ITA"),
    "SITE_SYMBOL": "folder_managed",
    "SITE_URL": "/desk/",
    "SHOW_HISTORY": False,  # our own log of events says more and cannot be changed
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "THEME": "light",  # the switch of Unfold is a menu of its own; one theme, one set of contrasts
    "COLORS": {
        "primary": {
            "50": "#eef4fb",
            "100": "#d8e6f5",
            "200": "#b3cdeb",
            "300": "#84addc",
            "400": "#5288c8",
            "500": "#2f69b0",
            "600": "#1f5396",
            "700": "#1b457c",
            "800": "#193b67",
            "900": "#173257",
            "950": "#0e1f39",
        }
    },
    "ACCOUNT": {
        "navigation": [
            {"title": _("กลับไปหน้างานของฉัน"), "link": "/desk/"},
            {"title": _("ยืนยันตัวตนสองชั้น"), "link": reverse_lazy("mfa_index")},
        ]
    },
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            {
                "title": _("งานประจำ"),
                "items": [
                    {"title": _("กลับไปหน้างานของฉัน"), "icon": "home", "link": "/desk/"},
                    {
                        "title": _("ภาพรวมหลังบ้าน"),
                        "icon": "dashboard",
                        "link": reverse_lazy("admin:index"),
                    },
                ],
            },
            {
                "title": _("หน่วยงาน"),
                "separator": True,
                "items": [
                    _link(_("หน่วยงาน"), "account_balance", "organisation"),
                    _link(_("ส่วนราชการ"), "account_tree", "division"),
                    _link(_("ตำแหน่ง"), "badge", "post"),
                    _link(_("การดำรงตำแหน่ง"), "assignment_ind", "postholding"),
                    _link(_("ลำดับการลงนาม"), "signature", "chainpost"),
                    _link(_("ผู้ใช้งาน"), "group", "user"),
                ],
            },
            {
                "title": _("กรอบการประเมิน"),
                "separator": True,
                "items": [
                    _link(_("กรอบการประเมิน"), "rule", "framework"),
                    _link(_("ตัวชี้วัด"), "speed", "indicator"),
                    _link(_("ข้อประเมิน"), "quiz", "item"),
                    _link(_("แนวทางแก้ไขตามข้อประเมิน"), "healing", "remedy"),
                    _link(_("เกณฑ์ระดับ"), "military_tech", "ratingscheme"),
                ],
            },
            {
                "title": _("ผลการประเมิน"),
                "separator": True,
                "items": [
                    _link(_("ผลการประเมิน"), "analytics", "assessmentresult"),
                    _link(_("ข้อบกพร่อง/ประเด็นที่ต้องพัฒนา"), "report", "finding"),
                ],
            },
            {
                "title": _("มาตรการ"),
                "separator": True,
                "items": [_link(_("มาตรการ"), "checklist", "measure")],
            },
            {
                "title": _("ผลการดำเนินการ"),
                "separator": True,
                "items": [
                    _link(_("รอบการรายงาน"), "event_repeat", "reportinground"),
                    _link(_("ผลการดำเนินการ"), "trending_up", "progressentry"),
                ],
            },
            {
                "title": _("เอกสาร"),
                "separator": True,
                "items": [
                    _link(_("เอกสาร"), "description", "document"),
                    _link(_("การเสนอลงนาม"), "draw", "signoff"),
                    _link(_("เอกสารที่เผยแพร่"), "public", "publication"),
                ],
            },
            {
                "title": _("การแจ้งเตือน"),
                "separator": True,
                "items": [
                    _link(_("การแจ้งเตือน"), "notifications", "notice"),
                    _link(_("การส่งข้อความ"), "outgoing_mail", "delivery"),
                    _link(_("ช่องทางแจ้งเตือน"), "webhook", "noticechannel"),
                    _link(_("วันหยุดราชการ"), "event_busy", "holiday"),
                ],
            },
            {
                "title": _("ระบบ"),
                "separator": True,
                "items": [_link(_("เหตุการณ์"), "history", "event")],
            },
        ],
    },
}
