package dev.sluice.kernel.snapshot;

import dev.sluice.api.filter.Filter;

/** Stands for a strategy whose jar was taken out: it chooses nothing, and the service's own host serves. */
record WithdrawnStrategy() implements Filter {}
