/**
 * What is special about some operations, whatever drives their calls: how listings are
 * asked for, what an answer to a deletion says, which answer is none of S3's, what goes
 * on with a download that broke. Nothing here blocks, and nothing calls a client but a
 * {@link io.s3s3.internal.operation.LeafMethod}. No API.
 */
@NullMarked
package io.s3s3.internal.operation;

import org.jspecify.annotations.NullMarked;
