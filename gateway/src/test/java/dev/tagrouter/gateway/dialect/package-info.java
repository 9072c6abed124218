/** Tests of what is said in another API. */
package dev.tagrouter.gateway.dialect;
