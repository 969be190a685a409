/** Scripts that change what the gateway answers by itself. */
package dev.sluice.plugins.exittransformer;
