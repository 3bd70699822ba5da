/**
 * The HTTP side: objects, locations and events. Start with {@code ObjectsController}.
 */
@NullMarked
package io.s3s3.sample.web;

import org.jspecify.annotations.NullMarked;
