/** Tests of what the gateway finds and calls. */
package dev.tagrouter.gateway.upstream;
