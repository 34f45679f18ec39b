"""The whole story in a browser: a parent asks, two employees handle it, the parent reads.

Pages are used as people use them: links and buttons by what they say, fields by their labels or
names. With and without JavaScript alike.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Locator, Page

from allting.kernel.api import today
from allting.ui.api import translator
from tests.browser import Look, follow

CASEWORKER, DECIDER = "Anna Berglund", "Stefan Öberg"


@dataclass
class Told:
    """Someone at a browser, and a strict look at each page they come to."""

    page: Page
    look: Look
    url: str
    language: str
    number: str = ""
    step: int = 0

    def seen(self, name: str) -> None:
        """What must hold of the page now shown, and a picture of it."""
        self.step += 1
        self.look.at(f"{self.step:02d}-{name}", self.language)

    def says(self, sentence: str) -> str:
        """A sentence of the house in the language of the story."""
        return translator(self.language)(sentence)

    def press(self, within: str = "main") -> None:
        """The one button that takes the page onward."""
        follow(self.page.locator(f"{within} form .button--primary").first)

    def link(self, end: str) -> None:
        """Follow the first link whose address ends so."""
        follow(self.page.locator(f'main a[href$="{end}"]').first)

    def open(self, path: str) -> None:
        """A page by its address."""
        self.page.goto(f"{self.url}/{self.language}/{path}")

    def choose(self, name: str, value: str) -> None:
        """A radio button, by pressing its label as people do."""
        option = self.page.locator(f'main input[name="{name}"][value="{value}"]')
        self._label_of(option).click()

    def day(self, name: str, days: int) -> None:
        """Write the date so many days from now."""
        day = today() + timedelta(days=days)
        for part in ("year", "month", "day"):
            self.page.locator(f'main input[name="{name}_{part}"]').fill(str(getattr(day, part)))

    def _label_of(self, field: Locator) -> Locator:
        return self.page.locator(f'main label[for="{field.get_attribute("id")}"]')

    def sign_in(self, name: str, *, see: bool = False) -> None:
        """From the page before the e-ID, through it, to where one was going."""
        if see:
            self.seen("sign-in")
        self.press()
        if see:
            self.seen("who-are-you")
        follow(self.page.locator("main").get_by_role("button", name=re.compile(f"^{name}")))

    def sign_out(self) -> None:
        """Leave; the button stands in the header, on a phone behind the menu."""
        button = 'form[action$="/sign-out/"] button:visible'
        menu = "header summary:visible"
        # until it is there with its style sheet, a page may show neither, or both
        self.page.wait_for_load_state()
        if self.page.locator(menu).count():
            self.page.locator(menu).click()
        follow(self.page.locator(button).first)


def apply(told: Told, parent: str, child: str) -> None:
    """From the front page to the receipt."""
    told.open("")
    told.seen("home")
    told.link("/life-events/having-a-child/")
    told.seen("having-a-child")
    told.link("/services/preschool-place/")
    told.seen("preschool-place")
    told.link("/apply/preschool-place/")
    told.sign_in(parent, see=True)
    told.seen("before-the-form")
    told.press()
    told.page.locator("main label", has_text=child).click()
    told.seen("which-child")
    told.press()
    _pages(told)
    told.seen("check-your-answers")
    follow(told.page.locator('main form[action$="/submit/"] .button--primary'))
    told.seen("receipt")
    told.number = re.search(r"[A-Z]+-\d{4}-\d{6}", told.page.locator("main").inner_text())[0]  # type: ignore[index]


def _pages(told: Told) -> None:
    """Every page between the child and the check, answered as it comes."""
    for _ in range(12):
        name = told.page.url.rstrip("/").split("/")[-1].split("?")[0]
        if name == "check":
            return
        if name == "start":
            _start_with_a_mistake(told)
        else:
            _answer(told, name)
            told.seen(f"form-{name}")
            told.press()
    raise AssertionError(f"no end of pages: {told.page.url}")


def _start_with_a_mistake(told: Told) -> None:
    told.press()
    told.page.locator(".error-summary, .errors, [role=alert]").first.wait_for()
    told.seen("form-start-wrong")
    told.day("start", 120)
    told.press()


def _answer(told: Told, name: str) -> None:
    said = {
        "extent": "more",
        "occupation": "working",
        "other-occupation": "working",
        "odd-hours": "no",
        "rhythm": "every-day",
    }
    page = told.page
    groups = page.locator('main input[type="radio"]')
    names = {str(groups.nth(n).get_attribute("name")) for n in range(groups.count())}
    for group in sorted(names):
        offered = page.locator(f'main input[name="{group}"]')
        value = said.get(group) or ("no" if page.locator(
            f'main input[name="{group}"][value="no"]').count() else "")  # fmt: skip
        told.choose(group, value or str(offered.first.get_attribute("value")))
    for field in page.locator('main input[name="hours"]').all():
        field.fill("35")
    for rank, wish in ((1, "solrosen"), (2, "kvarnen")):
        for field in page.locator(f'main select[name="wishes_{rank}"]').all():
            field.select_option(wish)


def handle(told: Told) -> None:
    """The caseworker takes the case, and asks for more."""
    told.sign_out()
    told.open("desk/")
    told.sign_in(CASEWORKER)
    told.seen("desk")
    follow(told.page.locator(f'main a[href*="{told.number}"]').first)
    told.seen("desk-case")
    follow(told.page.locator('main form[action$="/do/take/"] button'))
    told.link("/do/ask-for-supplement/")
    told.page.locator('main textarea[name="text"]').fill("Skicka ett intyg från arbetsgivaren.")
    told.seen("desk-ask-for-more")
    told.press()
    told.seen("desk-case-asked")


def supplement(told: Told, parent: str) -> None:
    """The parent finds the question in the inbox and answers it."""
    told.sign_out()
    told.open("my/")
    told.sign_in(parent)
    told.seen("my-pages-asked")
    told.open("my/inbox/")
    told.seen("inbox")
    told.open(f"my/cases/{told.number}/")
    told.seen("my-case-asked")
    told.link("/answer/")
    told.page.locator('main textarea[name="text"]').fill("Jag arbetar på Solviks varv, heltid.")
    told.seen("answering")
    told.press()
    told.seen("my-case-answered")


def decide(told: Told) -> None:
    """The caseworker proposes a place, and the head of preschools decides it."""
    told.sign_out()
    told.open(f"desk/cases/{told.number}/")
    told.sign_in(CASEWORKER)
    told.link("/do/propose/")
    _outcome(told)
    told.seen("desk-propose")
    told.press()
    told.sign_out()
    told.open("desk/")
    told.sign_in(DECIDER)
    told.seen("desk-of-who-decides")
    told.open(f"desk/cases/{told.number}/")
    told.link("/do/decide/")
    follow(told.page.locator('main button[name="preview"]'))
    told.seen("desk-letter-first")
    told.press()
    told.seen("desk-case-decided")


def _outcome(told: Told) -> None:
    told.choose("outcome", "placed")
    told.page.locator('main select[name="placed-unit"]').select_option("solrosen")
    if not told.page.locator('main input[name="placed-start_year"]').input_value():
        told.day("placed-start", 125)
    told.page.locator('main textarea[name="reason"]').fill(
        "Barnet bor nära Solrosen, som var ert förstahandsval."
    )


def read(told: Told, parent: str) -> bytes:
    """The parent reads the decision, in the inbox and in the case; the letter as PDF."""
    told.sign_out()
    told.open("my/")
    told.sign_in(parent)
    told.seen("my-pages-decided")
    told.open("my/inbox/")
    follow(told.page.locator('main a[href*="/my/inbox/"]').first)
    told.seen("message")
    told.open(f"my/cases/{told.number}/")
    told.seen("my-case-decided")
    letter = told.page.locator('main a[href*="/letters/"]').first.get_attribute("href")
    answer = told.page.request.get(f"{told.url}{letter}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    told.open("my/reads/")
    told.seen("who-has-read-about-me")
    return answer.body()
