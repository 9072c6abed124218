/** Tests of a request's path. */
package dev.tagrouter.gateway.flow;
