/** Lua for filters: scripts run on event loops, within bounds, and see what Kong's plugins see. */
package dev.sluice.plugins.serverless.lua;
