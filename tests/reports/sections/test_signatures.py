from reports.sections import signatures
from tests.factories.content import content, signer


def test_blocks_stand_in_the_order_of_the_line():
    frozen = content(signoff=[signer(2, post="ปลัด"), signer(1, role="preparer", post="นักวิเคราะห์")])
    assert [block["position_lines"] for block in signatures.signoff(frozen)["blocks"]] == [
        ["นักวิเคราะห์"],
        ["ปลัด"],
    ]


def test_opinion_has_the_caption_of_its_post_unless_another_was_typed():
    frozen = content(
        signoff=[
            signer(1, role="preparer"),
            signer(2, post="ปลัด"),
            signer(3, role="final", post="นายก"),
            signer(4, role="final", opinion_caption="คำสั่งนายก"),
        ]
    )
    captions = [block["caption"] for block in signatures.signoff(frozen)["blocks"]]
    assert captions == ["", "ความเห็นปลัด", "", "คำสั่งนายก"]


def test_last_post_certifies():
    block = signatures.certifier(content())["block"]
    assert block["position_lines"] == ["นายกองค์การบริหารส่วนตำบลสมมตินา"]
