/**
 * Bytes that survive a switch: {@linkplain io.s3s3.transfer.upload uploads} that can be
 * sent again, and {@linkplain io.s3s3.transfer.download downloads} that go on elsewhere.
 * What both share is here.
 */
@NullMarked
package io.s3s3.transfer;

import org.jspecify.annotations.NullMarked;
