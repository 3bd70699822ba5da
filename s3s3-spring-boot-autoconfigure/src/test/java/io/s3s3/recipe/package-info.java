/**
 * Code that the reference shows.
 */
@NullMarked
package io.s3s3.recipe;

import org.jspecify.annotations.NullMarked;
