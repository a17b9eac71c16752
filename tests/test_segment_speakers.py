"""Who is meant: couples, relatives, people named after the quote, bodies by another word."""

from __future__ import annotations

import pytest

from aligner.records import Block, Page, Role, Span
from aligner.segment.document import segment


def speakers(text: str) -> list[str]:
    """The full speaker of every quote of a text whose paragraphs are parted by empty lines."""
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(Role.PARAGRAPH, Span(at, at + len(part))))
        at += len(part) + 2
    return [quote.speaker_full for quote in segment(Page("a", text, tuple(blocks))).quotes]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # one surname for two
        (
            'Tom and Anna Hill saw the fox. "It bit me," Tom said.\n\n"It was a cat," said his wife.',
            ["Tom Hill", "Anna Hill"],
        ),
        (
            'Jan en Els Prins zagen de vos. "Hij beet", zegt Jan.\n\n"Het was een kat", lacht zijn vrouw.',
            ["Jan Prins", "Els Prins"],
        ),
        # the name comes after the quote
        ('"I saw it fall," said a plumber. Anna Hill was on the roof when the mast broke.', ["Anna Hill"]),
        ('"Ik zag hem vallen", zegt een loodgieter. Els Prins stond op het dak toen de mast brak.', ["Els Prins"]),
        # where somebody is from, what somebody is
        ('Tom Hill won the race. "I flew," the Canadian said.', ["Tom Hill"]),
        ('De zege ging naar Jan Prins. "Ik vloog", zei de Zwollenaar.', ["Jan Prins"]),
        # colleagues and rivals
        (
            'Tom Hill and Sue Bell both stood. "I won," Bell said. "She did not," her opponent said.',
            ["Sue Bell", "Tom Hill"],
        ),
        # bodies by another word
        ("De gemeente sluit het zwembad. Het stadsbestuur zegt dat er geen geld is.", ["de gemeente"]),
        ("The Ministry of Health has closed the lab. It said that the roof leaked.", ["the Ministry of Health"]),
        # a question is about nobody; the one talked to answers
        (
            'Anna Hill talks to Tom Bell about his boat\n\nWhen was it built?\n\n"In my youth. I forget when."',
            ["Tom Bell"],
        ),
        # a nickname, and the Dutch title mr.
        ('Tom "Sparky" Bell has retired. "I am tired," Sparky said.', ["Tom Bell"]),
        ('Haar advocaat, mr. Els Prins, zweeg eerst. "Het is klaar", zei zij later.', ["Els Prins"]),
        # the subject of the clause is not the one in "volgens haar"
        ('"Het is op", zei Els Prins. Jan Visser heeft volgens haar niets gezegd.', ["Els Prins"] * 3),
        # half of a double surname, which may be a trade
        (
            '"Ik ga", zegt weervrouw Els Prins-Visser van het KNMI. Mevrouw Prins is kalm. "Tot ziens", zegt Prins.',
            ["Els Prins-Visser", "Els Prins-Visser"],
        ),
        # the comma ends an adverbial; the name stands behind the verb
        ('Op de vraag of de trein terugkomt, antwoordt Jan Prins: "Zeg nooit nooit."', ["Jan Prins"]),
        # a bare noun is no verb
        ('Norway\'s foreign minister, Tom Hill, struck a different note: "Slow is not useless."', ["Tom Hill"]),
        # whose statement it is
        ('De Consumentenbond is boos. "De prijs daalt", aldus een reactie van de bond.', ["de Consumentenbond"]),
        # an unnamed speaker, called short the second time
        (
            '"We are sorry," said a spokesman for the airline.\n\n"We will call her," the spokesman said.',
            ["a spokesman for the airline", "a spokesman for the airline"],
        ),
        # a body that reported before
        ('De brug is dicht, meldt Rijkswaterstaat. "Er zijn scheuren", schrijft de dienst.', ["Rijkswaterstaat"] * 2),
        # what somebody just named does
        (
            "„Nooit”, zegt Jan Prins. De smid ligt al jaren overhoop met de raad.\n\n„Ik blijf”, zegt hij.",
            ["Jan Prins"] * 2,
        ),
        # reported by a relative clause, a question, a verb of doubt
        ('"Ik kom", zegt Els Prins, die aankondigt dat zij in mei vertrekt.', ["Els Prins", "Els Prins"]),
        ("Els Prins vraagt zich af waarom er geen geld is voor roosters.", ["Els Prins"]),
        ("Biologist Sue Bell thinks warm water is to blame.", ["Sue Bell"]),
        ("Jan Prins sluit niet uit dat hij later terugkeert.", ["Jan Prins"]),
        # surnames that open with a preposition; a capital that only the sentence gives
        (
            "Sophie in 't Zand loopt al jaren mee. „Ik heb geen spijt”, zegt ze. „Het is een vak”, aldus In 't Zand.",
            ["Sophie in 't Zand"] * 2,
        ),
        ('"It turns," said Xanthe Hill. Later Hill laughed. "It creaks," she said.', ["Xanthe Hill"] * 2),
        ('Anna Church runs the mill. "It turns," said Church.', ["Anna Church"]),
        ('Chief Inspector Ravi Hill leads the inquiry. "No comment," DCI Hill said.', ["Ravi Hill"]),
        # whose husband and whose teacher somebody is, told from either side
        (
            'Els Prins en haar man Jan wonen hier. "Het stinkt", zegt Els. "Vooral \'s zomers", vult haar man aan.',
            ["Els Prins", "Jan"],
        ),
        (
            'Jan Prins en zijn vrouw Truus wonen hier. "Het stinkt", zegt Truus. "Nee", zegt haar man.',
            ["Truus", "Jan Prins"],
        ),
        # somebody without a name, introduced with where they are from, and named again
        (
            'Een vrouw uit de Kerkstraat belde. "Ik kreeg niets terug", zegt ze. De vrouw klaagt al jaren. "Niets."',
            ["een vrouw uit de Kerkstraat"] * 2,
        ),
        ('A neighbour heard it. "I thought it was thunder," the neighbour said.', ["a neighbour"]),
        # age, origin and party
        (
            '"Ik was bang", zegt de 43-jarige Wendy Prins. Koos Bos belde 112. "Alles beefde", zegt de 43-jarige.',
            ["Wendy Prins"] * 2,
        ),
        ('De Deense Mette Prins verloor van Sue Bell. "Zij was beter", zei de Deense.', ["Mette Prins"]),
        (
            'Els Prins (BBB) sprak na Jan Bos (NSC). "Er is geen geld", zei Bos. De BBB-leider lachte. "Dat komt nog."',
            ["Jan Bos", "Els Prins"],
        ),
        # the name told after the role, past somebody who is only mentioned
        (
            '"We are not there yet," said the host of the talks. Lieve Prins, the president, said she would call.',
            ["Lieve Prins"] * 2,
        ),
        # not every word in -er or -ster is somebody, and no barrister a woman for it
        ('Ann Bell taped her shoulder, which had been sore. "It is fine," she said.', ["Ann Bell"]),
        ('Tom Bell said his client was sorry. "He has sold his house," the barrister said.', ["Tom Bell"] * 2),
        # a surname that is a trade, with where she works; letters behind a name; what a firm is before its name
        ('"Ja", zegt econoom Nora Visser van Bank Ten Have. Ze verwacht dat het daalt.', ["Nora Visser"] * 2),
        ('Harriet Hill KC spoke first. "No," Hill said.', ["Harriet Hill"]),
        ("Bouwmarktketen Praxo zegt dat de boor veilig is.", ["Praxo"]),
        # who is mentioned in the reported words does not speak them
        ("Jan Prins kreeg een boete. Zijn chauffeur, benadrukt hij, treft geen enkele schuld.", ["Jan Prins"] * 2),
        # the firm, and she who speaks for it
        (
            'Amazon, which employs many, said jobs were safe. Its agent, Bev Castle, smiled. "Not yet," she said.',
            ["Amazon", "Bev Castle"],
        ),
    ],
)
def test_meant(text: str, wanted: list[str]) -> None:
    assert speakers(text) == wanted
