/** Declarative documents: read, judged by the schemas of all types, and brought to the form of stored entities. */
package dev.sluice.kernel.declare;
