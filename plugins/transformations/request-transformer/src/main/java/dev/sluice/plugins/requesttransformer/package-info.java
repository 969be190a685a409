/** Changes of requests on their way upstream. */
package dev.sluice.plugins.requesttransformer;
