"""The union of all answers."""

from citylinks.answers.about import Explained, Version
from citylinks.answers.ahead import Anniversaries, Expiring
from citylinks.answers.counts import Growth, Stats
from citylinks.answers.evidence import Conflicts, Coverage, FieldEvidence, Gaps, SourceUses
from citylinks.answers.lists import (
    Agreements,
    Cities,
    Events,
    Organizations,
    Partnerships,
    Sources,
    Themes,
)
from citylinks.answers.profile import Shown
from citylinks.answers.search import Search
from citylinks.answers.timeline import Timeline
from citylinks.answers.together import Chains, Common
from citylinks.answers.validation import Statistics, Validation

Answer = (
    Timeline
    | Cities
    | Partnerships
    | Agreements
    | Events
    | Themes
    | Organizations
    | Sources
    | Search
    | Stats
    | Growth
    | Anniversaries
    | Expiring
    | Coverage
    | Conflicts
    | SourceUses
    | Gaps
    | FieldEvidence
    | Chains
    | Common
    | Shown
    | Validation
    | Statistics
    | Explained
    | Version
)
