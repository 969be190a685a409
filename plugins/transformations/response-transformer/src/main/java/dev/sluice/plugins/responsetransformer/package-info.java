/** Changes of answers on their way to clients. */
package dev.sluice.plugins.responsetransformer;
