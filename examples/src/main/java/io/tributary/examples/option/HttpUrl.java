package io.tributary.examples.option;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a server. */
public final class HttpUrl implements ITypeConverter<URI> {
    /** Made by the command line. */
    public HttpUrl() {}

    @Override
    public URI convert(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // As one of another scheme.
        }
        throw new TypeConversionException("%s (must be such as http://localhost:4567)".formatted(text));
    }
}
