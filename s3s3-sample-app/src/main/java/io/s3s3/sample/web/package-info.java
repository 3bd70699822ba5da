/**
 * The HTTP side: objects, locations and events. Start with
 * {@link io.s3s3.sample.web.ObjectsController}.
 */
@NullMarked
package io.s3s3.sample.web;

import org.jspecify.annotations.NullMarked;
