/**
 * README and the reference pages say what the code does.
 */
@NullMarked
package io.s3s3.docs;

import org.jspecify.annotations.NullMarked;
