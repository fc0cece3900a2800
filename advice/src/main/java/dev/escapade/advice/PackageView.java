package dev.escapade.advice;

import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.code.Coldness;
import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.InlineCost;
import dev.escapade.advice.code.Keeping;
import dev.escapade.advice.code.Ranges;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Unreachable;
import dev.escapade.advice.code.Visibility;
import dev.escapade.advice.code.Ways;
import dev.escapade.unit.Unit;

/** All that is prepared once for the rules that look at a package. */
record PackageView(
    Unit unit,
    Tree tree,
    Types types,
    Extents extents,
    Sites sites,
    Ways ways,
    Calls calls,
    Ranges ranges,
    Keeping keeping,
    Visibility visibility,
    Boxing boxing,
    Boxes boxes,
    InlineCost inlineCost,
    Captures captures,
    Coldness coldness,
    Unreachable unreachable,
    Facts facts) {}
