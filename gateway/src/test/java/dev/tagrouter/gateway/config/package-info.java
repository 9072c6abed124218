/** Tests of the configuration file. */
package dev.tagrouter.gateway.config;
