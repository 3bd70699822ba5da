package io.s3s3.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Reads and compares the endpoints of locations. Errors never show a value that is
 * refused, because it may contain a password.
 */
abstract class LocationEndpoint {

	/**
	 * Read an endpoint.
	 * @param property the property that it is set by
	 * @param value the value of the property
	 * @return the endpoint, or {@code null} if there is none
	 * @throws InvalidEndpointException if the value is not an endpoint
	 */
	static @Nullable URI of(String property, @Nullable String value) {
		if (value == null || !StringUtils.hasText(value)) {
			return null;
		}
		URI endpoint = parse(value.trim());
		if (endpoint == null || endpoint.getHost() == null || !isHttp(endpoint.getScheme())) {
			throw new InvalidEndpointException(property,
					"It must be an http or https URI with a host, such as https://s3.example.com.");
		}
		if (endpoint.getRawUserInfo() != null) {
			String location = property.substring(0, property.lastIndexOf('.'));
			throw new InvalidEndpointException(property,
					"It holds no credentials; set " + location + ".credentials.* instead.");
		}
		return endpoint;
	}

	/**
	 * Return whether two endpoints are the same, however they are written.
	 */
	static boolean isSame(@Nullable URI one, @Nullable URI other) {
		return Objects.equals((one != null) ? partsOf(one) : null, (other != null) ? partsOf(other) : null);
	}

	/**
	 * Return the scheme, host and port of an endpoint, which hold no secrets.
	 */
	static String originOf(URI endpoint) {
		int port = endpoint.getPort();
		return endpoint.getScheme() + "://" + endpoint.getHost() + ((port >= 0) ? ":" + port : "");
	}

	private static List<Object> partsOf(URI endpoint) {
		String scheme = lowerCase(endpoint.getScheme());
		int port = endpoint.getPort();
		return List.of(scheme, lowerCase((endpoint.getHost() != null) ? endpoint.getHost() : endpoint.getAuthority()),
				(port >= 0) ? port : (scheme.equals("https") ? 443 : 80),
				StringUtils.trimTrailingCharacter(Objects.toString(endpoint.getRawPath(), ""), '/'));
	}

	private static boolean isHttp(@Nullable String scheme) {
		return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
	}

	private static String lowerCase(@Nullable String text) {
		return Objects.toString(text, "").toLowerCase(Locale.ROOT);
	}

	// The cause would show the value.
	private static @Nullable URI parse(String value) {
		try {
			return new URI(value);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
