/**
 * What is special about some operations, whatever drives their calls: how listings are
 * requested, what an answer to a deletion says, which answers do not come from S3, how a
 * broken download continues. Nothing here blocks, and only
 * {@link io.s3s3.internal.operation.LeafMethod} calls a client. No API.
 */
@NullMarked
package io.s3s3.internal.operation;

import org.jspecify.annotations.NullMarked;
