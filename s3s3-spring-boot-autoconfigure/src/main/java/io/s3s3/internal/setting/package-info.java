/**
 * The bounds of settings, checked where the settings are made. Start with
 * {@link io.s3s3.internal.setting.Setting}.
 */
@NullMarked
package io.s3s3.internal.setting;

import org.jspecify.annotations.NullMarked;
