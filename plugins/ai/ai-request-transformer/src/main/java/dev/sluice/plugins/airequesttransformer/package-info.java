/** Lets a model rewrite requests. */
package dev.sluice.plugins.airequesttransformer;
