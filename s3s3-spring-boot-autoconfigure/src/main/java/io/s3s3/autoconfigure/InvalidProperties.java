package io.s3s3.autoconfigure;

import java.util.function.Supplier;

import io.s3s3.internal.setting.InvalidSettingException;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns the exceptions of settings into ones that Spring Boot explains.
 */
abstract class InvalidProperties {

	/**
	 * Create settings.
	 * @param <T> the type of settings
	 * @param settings creates them
	 * @return the settings
	 * @throws InvalidConfigurationPropertyValueException if a value is out of its bounds
	 */
	static <T> T named(Supplier<T> settings) {
		try {
			return settings.get();
		}
		catch (InvalidSettingException ex) {
			throw new InvalidConfigurationPropertyValueException(ex.getName(), ex.getValue(), ex.getRule());
		}
	}

}
