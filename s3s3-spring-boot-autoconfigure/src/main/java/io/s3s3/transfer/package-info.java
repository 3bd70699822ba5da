/**
 * How bodies are buffered and split into parts:
 * {@link io.s3s3.transfer.TransferSettings}. It has a package of its own so that uploads
 * and downloads can read it without knowing the root package.
 */
@NullMarked
package io.s3s3.transfer;

import org.jspecify.annotations.NullMarked;
