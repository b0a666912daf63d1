"""Words that say nothing of what a paper is about: those of grammar, and those that papers are written with.

The first may stand inside a term ("mixture of experts") but neither begin nor end one; the second may begin or end one
beside a word that is telling, but are none by themselves. Words that are `bare` tell within a term, and little alone.
"""

from __future__ import annotations

from functools import cache

from readinglist.text.words import stem

_GRAMMAR = """
a about above across additionally after again against al all almost along already also although always among an and
another any are around as at away based be became because become been before below between beyond both but by can
cannot consequently could currently did do does done down due during e each eg either else enough especially et etc
even ever every existing far few finally first five for four from further furthermore g given had has have hence here
how however i ie if ii iii importantly in including indeed instead into is it itself just k least less let like lot
made mainly make many may might more moreover most much must n namely nearly neither never nevertheless no non none
nor not notably now of off often on once one only onto or other otherwise our out over own particularly per perhaps
quite rather recently respectively s same second several shall she should since so some specifically still such t than
that the their them themselves then there thereby therefore these they third this those though three through
throughout thus to together too toward two typically under unlike until up upon us used usually various versus very
via vs was way we well were what when where whereas whether which while who whom whose why will with within without
would x yet you your
"""

_WRITING = """
10x 2x 3x ability able abstract accordingly accuracy accurate achieve address advance advantage aim align allow
alternative analysis analyze applicable apply approach appropriate art article aspect assess author available average
aware baseline basis bench benefit best better boost bridge bring broad build built call capable capture case cause
center central certain challenge choice claim clear close code codebase collect com combine common compare comparison
compelling competitive complete complex component comprehensive compute concept conduct consider considerable consist
contain context contribute conventional core correct corresponding critical crucial data dataset deal delve
demonstrate demonstration depend design despite detail determine develop different difficult difficulty direct diverse
drive driven easily easy effect efficacy efficient effort effortlessly emerge empirical employ enable end engage
enhance enrich ensure establish evaluate evidence examine example excellent experiment experimental explain
exploit explore extend extensive extent extra facilitate fact factor fail fast faster feasible field find focus follow
form found framework full fully function fundamental future gain gap general get github give go goal good great
greater group grow hampered help high higher highest highlight hinder http https huge idea identify illustrate impact
implement implications impressive improve incorporate increase individual influence information inherent innovative
input insight inspired instance integrate intricate introduce intuitive investigate io issue jointly keep key kind
know known lack large larger largest last latter lead leave level leverage light limit line literature little long low
lower maintain major manner means measure mechanism meet method methodology metric mitigate mode model modern modest
module motivate multiple nature necessary need new newly novel novelty nuanced number numerous observation observe
obtain offer open optimal order original outperform output overall overcome page paper paradigm part participant past
pave perform perspective pipeline pivotal plausible play point poor popular pose possible potential powerful practice
precise preliminary presence present preserve prevalent previous prior problem procedure process produce project
promising proper property propose prove proven provide public purpose qualitative quality quantitative question range
rapid rate reach real realistic realize reason reduce reduction refine related relevant reliable rely remain
remarkable report require research result reveal review rich rigorous robust role run scenario scheme scientific
seamlessly section seek select set setup share show showcasing shown significant similar simple simply simultaneously
single situation size small smaller software solely solution solve sophisticated sota source special stage standard
start state step straightforward strategy strength strong stronger structure study style subsequent substantial
succeed success suffer suggest suitable superior support surpass survey system systematic tackle take task technique
technology tend term test theory thorough time today tool top total traditional train treat type ultimately unclear
uncover underexplored underscore understand unexplored unified unique unit unprecedented user utility valid valuable
value variant variety vary vast verify versatile version view vital website wide wider widespread wish work world
worse www year yield
"""

_BARE = """
algorithm behavior behaviour cost deep estimate feature layer learning network neural parameter scale win word
"""


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


@cache
def grammar() -> frozenset[str]:
    """Return the stems of the words of grammar."""
    return _stems(_GRAMMAR)


@cache
def writing() -> frozenset[str]:
    """Return the stems of the words that papers are written with, without those of grammar."""
    return _stems(_WRITING) - grammar()


@cache
def bare() -> frozenset[str]:
    """Return the stems of words that say little without another beside them."""
    return _stems(_BARE)
