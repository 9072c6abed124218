/** Tests of the whole gateway against real servers on loopback. */
package dev.tagrouter.gateway;
