/** Strategies of deployment: which group of targets a request goes to. */
package dev.sluice.api.deployment;
