/**
 * What is behind the clients that an application holds: the class of the client, its
 * presigner, and the streams, resources and listings of a template. Start with
 * {@link io.s3s3.internal.client.LeafCalls}. No API.
 */
@NullMarked
package io.s3s3.internal.client;

import org.jspecify.annotations.NullMarked;
