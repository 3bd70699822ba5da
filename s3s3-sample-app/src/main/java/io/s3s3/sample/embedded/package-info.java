/**
 * Two S3 servers inside the application, each behind a gate that takes it down, and a
 * simulated replication between them. Start with
 * {@link io.s3s3.sample.embedded.EmbeddedPair}.
 */
@NullMarked
package io.s3s3.sample.embedded;

import org.jspecify.annotations.NullMarked;
