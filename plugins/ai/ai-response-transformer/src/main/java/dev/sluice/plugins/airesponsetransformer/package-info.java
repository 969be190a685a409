/** Lets a model rewrite answers. */
package dev.sluice.plugins.airesponsetransformer;
